"""What tests share: made companies, a reader of pages, a Lab."""
