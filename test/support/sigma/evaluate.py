"""Evaluates Sigma rules with pySigma and its SQLite backend. stdin: {rules: {name: rule}, fields: [...], rows: [[record, ...values]]}.
stdout: {name: [record, ...] or an error's text}."""
import json
import re
import sqlite3
import sys

from sigma.backends.sqlite import sqliteBackend
from sigma.collection import SigmaCollection


def texts(value, key=""):
    """Booleans and numbers as texts, as logs have either; but where a modifier wants them."""
    if isinstance(value, dict):
        return {name: texts(of, name) for name, of in value.items()}
    if isinstance(value, list):
        return [texts(of, key) for of in value]
    if re.search(r"\|(exists|lte?|gte?)\b", key):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else value


given = json.load(sys.stdin)
database = sqlite3.connect(":memory:")
database.create_function("REGEXP", 2, lambda pattern, text: text is not None and re.search(pattern, text) is not None)
# The backend compares with "=", which heeds case; Sigma ignores it.
columns = ", ".join(f'"{field}" TEXT COLLATE NOCASE' for field in given["fields"])
database.execute(f"CREATE TABLE events (record INTEGER, {columns})")
marks = ", ".join("?" for _ in range(len(given["fields"]) + 1))
database.executemany(f"INSERT INTO events VALUES ({marks})", given["rows"])
answers = {}
for name, rule in given["rules"].items():
    try:
        rule["detection"] = texts(rule["detection"])
        found = set()
        for query in sqliteBackend().convert(SigmaCollection.from_dicts([rule])):
            where = query.split(" WHERE ", 1)[1]
            for field in sorted(given["fields"], key=len, reverse=True):
                where = re.sub(rf'(?<![\w".\'`]){re.escape(field)}(?![\w."\'`])|[`"]{re.escape(field)}[`"]', f'"{field}"', where)
            found.update(row[0] for row in database.execute(f"SELECT DISTINCT record FROM events WHERE {where}"))
        answers[name] = sorted(found)
    except Exception as error:  # whatever pySigma cannot convert
        answers[name] = f"{type(error).__name__}: {error}"
json.dump(answers, sys.stdout)
