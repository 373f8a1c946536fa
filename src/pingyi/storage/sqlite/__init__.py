"""Django's SQLite, with one queue for all who write: threads of a process, and processes of the home folder."""
