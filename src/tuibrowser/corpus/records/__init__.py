"""What is kept of documents without their texts."""
