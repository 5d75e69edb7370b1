"""What came of an attack: how often it was tried, and each time that it did not hold."""

from dataclasses import dataclass, field

SHOWN = 10


@dataclass
class Outcome:
    name: str
    tried: int = 0
    failed: list[str] = field(default_factory=list)
    """A line for each time."""
    figures: str = ""

    def check(self, held: object, what: str) -> None:
        """Counts a try."""
        self.tried += 1
        if not held:
            self.failed.append(what)

    def show(self) -> bool:
        """Prints a line, and what failed; tells whether anything did."""
        held = self.tried - len(self.failed)
        print(f"{self.name}: {self.tried} tried, {held} held, {len(self.failed)} failed. {self.figures}", flush=True)
        for line in self.failed[:SHOWN]:
            print(f"  {line[:300]}", flush=True)
        return bool(self.failed)
