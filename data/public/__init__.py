"""The public store: finished documents for visitors, apart from the read model they were made from."""
