"""`python -m pingyi` is the `pingyi` command."""

from pingyi.cli import run

if __name__ == "__main__":  # the server starts its processes by loading this module again
    run()
