"""What all commands share: parser, options, files, signals, progress."""
