"""The design page in force: sizes, purity, clocks, writes, names."""

from __future__ import annotations

from pathlib import Path

from tests.architecture import house

ROOT = Path(__file__).resolve().parents[2]
TREE = ROOT / "src" / "pingyi"


def listed(faults: list[str]) -> str:
    return "\n".join(faults)


def test_no_file_is_longer_than_300_lines() -> None:
    assert not house.long_files(TREE), listed(house.long_files(TREE))


def test_no_function_is_longer_than_40_lines() -> None:
    assert not house.long_functions(TREE), listed(house.long_functions(TREE))


def test_functions_are_short_on_the_whole() -> None:
    middle, ninth = house.function_sizes(TREE)
    assert middle <= 8
    assert ninth <= 25


def test_rules_and_the_verifier_import_the_standard_library_alone() -> None:
    assert not house.impure_imports(TREE), listed(house.impure_imports(TREE))


def test_the_second_verifier_is_short_files_and_shares_nothing_with_the_product() -> None:
    files = [ROOT / "tests" / "second_verifier.py", *house.sources(ROOT / "tests" / "second")]
    assert len(files) > 1
    assert not house.long_files(ROOT / "tests" / "second"), listed(house.long_files(ROOT / "tests" / "second"))
    assert not house.imports_of("pingyi", files), listed(house.imports_of("pingyi", files))


def test_imports_stand_at_the_top_but_for_heavy_libraries() -> None:
    assert not house.local_imports(TREE), listed(house.local_imports(TREE))


def test_only_the_clock_reads_the_time() -> None:
    assert not house.clock_readers(TREE), listed(house.clock_readers(TREE))


def test_rows_are_written_through_the_record() -> None:
    assert not house.direct_writes(TREE), listed(house.direct_writes(TREE))


def test_every_foreign_key_protects() -> None:
    assert not house.loose_foreign_keys(TREE), listed(house.loose_foreign_keys(TREE))


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not house.vague_names(TREE), listed(house.vague_names(TREE))


def test_no_file_is_empty() -> None:
    assert not house.empty_files(TREE), listed(house.empty_files(TREE))


def test_every_clause_that_the_code_cites_is_in_the_table_of_clauses() -> None:
    table = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")
    missing = sorted(clause for clause in house.cited_clauses(TREE) if f"§{clause}" not in table)
    assert not missing, f"docs/clauses.md does not name {missing}"
