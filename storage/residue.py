"""What was erased lies on in the write-ahead log until that is emptied; nobody waits for those who still read it."""

from storage.file import Raw


class Residue:
    """Whether the log may hold what is gone. Lives in the writing thread; after a start nobody knows, so it may."""

    def __init__(self) -> None:
        self.owed = True

    def sweep(self, raw: Raw) -> bool:
        """Empties the log if it is owed and nobody reads; False while it stays owed. Never waits.

        Whoever reads, a backup for instance, may take long: alarms can't be written meanwhile if we wait.
        """
        if not self.owed:
            return True
        patience = raw.execute("PRAGMA busy_timeout").fetchone()[0]
        raw.execute("PRAGMA busy_timeout=0")
        try:
            hindered, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            raw.execute(f"PRAGMA busy_timeout={int(patience)}")
        self.owed = bool(hindered)
        return not self.owed
