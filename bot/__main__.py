"""The command `paenz`, same as `python -m bot`."""

import os

import typer

from bot.commands import auditing, inviting, journal, keeping, making, papers, resetting, rota, running

app = typer.Typer(
    help="Pänz: the messaging bot for families in Köln-Porz and the people who help them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
# in the order in which one needs them
app.command()(making.setup)
app.command()(running.run)
app.command()(running.demo)
app.command(name="check")(running.check_all)
app.command()(auditing.audit)
app.command()(inviting.invite)
app.command(name="reset-code")(resetting.reset_code)
app.command()(making.load)
app.command()(making.migrate)
app.command()(keeping.backup)
app.command()(keeping.restore)
app.command(name="copy-keys")(keeping.copy_keys)
app.command(name="rotate-keys")(keeping.rotate_keys)
app.add_typer(journal.app, name="journal")
app.add_typer(rota.app, name="rota")
app.command()(papers.papers)


def main() -> None:
    """The console script's way in. What it writes is for its owner alone."""
    os.umask(0o077)
    app()


if __name__ == "__main__":
    main()
