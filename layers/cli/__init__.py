"""What all commands share: options, files, folders, progress."""
