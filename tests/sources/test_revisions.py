from pipeline.sources.revisions import document_key


def test_documents_are_told_apart_by_source_and_name() -> None:
    keys = {
        document_key("press", "a"),
        document_key("press", "b"),
        document_key("wire", "a"),
        document_key("p", "ressa"),
    }
    assert len(keys) == 4
