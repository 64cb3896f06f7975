"""The visitor kiosk without Dash: its pages, its texts, its words and what it draws."""
