"""The machine room: wiring, time, intake and delivery. Nobody is met here."""
