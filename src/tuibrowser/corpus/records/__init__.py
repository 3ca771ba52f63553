"""Keep the records of documents, without their texts."""
