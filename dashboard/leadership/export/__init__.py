"""What a viewer takes away: the parts of a page as a spreadsheet, a printed page, a picture; reports as documents."""
