"""What the director has ordered of the walls, and who holds the wheel: tables of the side database."""
