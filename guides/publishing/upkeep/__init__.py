"""What `manage.py tick` does. Each part may run twice, and in two processes at once."""
