import pickle

import pytest

from pipeline import errors

LEAVES = [
    errors.NoInputError("news/*.txt", (".txt", ".html")),
    errors.MissingFolderError("no/such/incidents.duckdb"),
    errors.NotADatabaseError("notes.txt"),
    errors.NewerSchemaError("incidents.duckdb", 7, 3),
    errors.LockedError("incidents.duckdb"),
    errors.DatabaseInUseError("incidents.duckdb"),
    errors.LoadError("incidents.duckdb", "no space left", "incidents.duckdb.run"),
    errors.NotWholeError("incidents.duckdb.new"),
    errors.ForbiddenError("incidents.duckdb", "written"),
    errors.ForeignDatabaseError("other.duckdb"),
    errors.UnreadableFormatError("incidents.duckdb", "1.2.2"),
    errors.BrokenLinkError("link.txt", "gone.txt"),
    errors.NotAnInputError("https://a.example/", "save the page"),
    errors.UserListError("--places", "mine.csv", "line 3"),
    errors.MissingExtraError("--encoder", "encoder"),
    errors.NotAFileError("a socket"),
    errors.StagingError("staging/run", "no space left"),
    errors.ModelRefusedError(401, "http://127.0.0.1:8000/v1/chat/completions"),
    errors.BinaryError("PDF"),
    errors.UndecodableError(["utf-8"]),
    errors.TooLargeError("the file", 1_000),
    errors.CompressionError("gzip", "ended early"),
    errors.EmptyTextError(),
    errors.PageError("not a web page"),
    errors.RecordError("not JSON: write one JSON object a line"),
    errors.UnknownSuffixError("notes.md", (".txt",)),
]


@pytest.mark.parametrize("error", LEAVES, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling_with_its_value_and_message(error: errors.PipelineError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


@pytest.mark.parametrize("error", LEAVES, ids=lambda error: type(error).__name__)
def test_the_tree_at_the_top_of_the_module_shows_every_leaf(error: errors.PipelineError) -> None:
    assert type(error).__name__ in (errors.__doc__ or "")
    assert str(error)


@pytest.mark.parametrize(("branch", "status"), [(errors.UsageError, 2), (errors.OutputError, 2), (errors.RunError, 1)])
def test_branches_have_their_exit_status(branch: type[errors.PipelineError], status: int) -> None:
    assert branch.exit_status == status


def test_no_input_says_what_was_looked_for() -> None:
    message = str(errors.NoInputError("news/*.txt", (".txt", ".html")))
    assert "news/*.txt" in message
    assert ".txt, .html" in message
