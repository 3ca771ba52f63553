"""XML: TEI, as CBETA and others write it, and any other XML by its text."""
