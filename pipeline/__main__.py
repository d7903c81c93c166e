"""`python -m pipeline`, and the console script `incident-stream`."""

from pipeline.runtime import interrupts


def main() -> None:
    """Run the command that the arguments name, and end the process with its exit status."""
    interrupts.listen()
    try:
        from pipeline.commands import cli  # within, so that Ctrl-C is heard while it is imported

        status = cli.main()
    except KeyboardInterrupt:
        status = interrupts.stopped()
    interrupts.leave(status)


if __name__ == "__main__":
    main()
