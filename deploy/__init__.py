"""What it takes to serve many readers: nginx in front of several processes of the page."""
