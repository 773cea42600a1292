"""Clients to be written and read back: random ones of few shapes, with splits and with notes on their records."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from engine import Client, InputError
from engine.records import Exercise
from tests.random_clients import random_client

RATIOS = ("2", "3:2", "1:2", "4-for-1")


def random_clients_of_few_shapes(count: int, seed: int = 3921) -> list[Client]:
    """Draw so many clients of 2025 on, in dollars; a third of those that can have a stock split."""
    random = Random(seed)
    drawn = (random_client(random, first=2025) for _ in range(2 * count))
    chosen = [Client(**{**dict(client), "rounding": "dollars"}) for client in drawn if client.returns][:count]
    return [with_split(random, client) if random.random() < 0.34 else client for client in chosen]


def with_split(random: Random, client: Client) -> Client:
    """The client with a split of one employer some time after an exercise; as it was where no split fits."""
    named = [exercise for exercise in client.exercises if exercise.employer]
    if not named:
        return client
    lot: Exercise = random.choice(named)
    effective = lot.date_exercised + timedelta(days=random.choice((-1, 0, 1, 90)))
    split = {"employer": lot.employer, "effective_date": effective, "ratio": random.choice(RATIOS)}
    try:
        return Client(**{**dict(client), "splits": [split]})
    except InputError:  # parts of a share, or fewer shares than were sold
        return client
