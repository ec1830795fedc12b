"""Writes the Parquet samples beside this file: pip install pyarrow==26.0.0 && python generate.py

Each has the columns, types and a compression that the tool named writes; the contents are made up.
"""

import datetime
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
TRACE = "4a1b2c3d4e5f60718293a4b5c6d7e8f9"
START = datetime.datetime(2026, 1, 5, 10, 0, 0, 123456, tzinfo=datetime.timezone.utc)
END = START + datetime.timedelta(seconds=1.5)


def write(name, columns, compression, **options):
    table = pa.table({key: pa.array(values, type=kind) for key, (kind, values) in columns.items()})
    pq.write_table(table, HERE / f"{name}.parquet", compression=compression, **options)


moment = pa.timestamp("us", tz="UTC")
text = pa.string()

# phoenix: get_spans_dataframe().to_parquet(); pandas writes snappy and keeps the index as a column
message = pa.struct([("message.role", text), ("message.content", text)])
document = pa.struct([("document.id", text), ("document.content", text), ("document.score", pa.float64())])
event = pa.struct([("name", text), ("timestamp", text), ("attributes", pa.struct([("exception.message", text)]))])
write(
    "phoenix",
    {
        "name": (text, ["chat", "retrieve"]),
        "span_kind": (text, ["LLM", "RETRIEVER"]),
        "parent_id": (text, [None, "b7ad6b7169203331"]),
        "start_time": (moment, [START, START]),
        "end_time": (moment, [END, END]),
        "status_code": (text, ["ERROR", "OK"]),
        "status_message": (text, ["rate limited", ""]),
        "events": (
            pa.list_(event),
            [
                [
                    {
                        "name": "exception",
                        "timestamp": "2026-01-05T10:00:01+00:00",
                        "attributes": {"exception.message": "rate limited"},
                    }
                ],
                [],
            ],
        ),
        "context.span_id": (text, ["b7ad6b7169203331", "00f067aa0ba902b7"]),
        "context.trace_id": (text, [TRACE, TRACE]),
        "attributes.llm.model_name": (text, ["gpt-4o", None]),
        "attributes.llm.token_count.prompt": (pa.int64(), [12, None]),
        "attributes.llm.input_messages": (
            pa.list_(message),
            [[{"message.role": "user", "message.content": "When does it ship?"}], None],
        ),
        "attributes.retrieval.documents": (
            pa.list_(document),
            [None, [{"document.id": "d1", "document.content": "On Fridays.", "document.score": 0.9}]],
        ),
        "eval.relevance.score": (pa.float64(), [0.5, None]),
        "eval.relevance.label": (text, ["partly", None]),
    },
    "snappy",
)

# langfuse: blob storage export of observations
write(
    "langfuse-observations",
    {
        "id": (text, ["o1", "o2"]),
        "trace_id": (text, [TRACE, TRACE]),
        "type": (text, ["GENERATION", "TOOL"]),
        "parent_observation_id": (text, ["o2", None]),
        "start_time": (moment, [START, START]),
        "end_time": (moment, [END, None]),
        "name": (text, ["chat", "get_order"]),
        "level": (text, ["DEFAULT", "ERROR"]),
        "status_message": (text, [None, "no such order"]),
        "input": (text, ['[{"role":"user","content":"Where?"}]', '{"order_id":"A-1"}']),
        "output": (text, ['{"role":"assistant","content":"Here."}', None]),
        "provided_model_name": (text, ["gpt-4o", None]),
        "usage_details": (pa.map_(text, pa.int64()), [[("input", 12), ("output", 3)], []]),
        "cost_details": (pa.map_(text, pa.float64()), [[("total", 0.25)], []]),
        "metadata": (text, ['{"tenant":"acme"}', None]),
    },
    "zstd",
)

# langsmith: bulk export
write(
    "langsmith-runs",
    {
        "id": (text, ["01a202db-a3ac-7000-8000-03895139d317", "01a202db-a3c6-7000-8000-01d982316a2b"]),
        "trace_id": (text, ["01a202db-a3ac-7000-8000-03895139d317"] * 2),
        "parent_run_id": (text, [None, "01a202db-a3ac-7000-8000-03895139d317"]),
        "run_type": (text, ["chain", "llm"]),
        "name": (text, ["answer", "ChatOpenAI"]),
        "start_time": (moment, [START, START]),
        "end_time": (moment, [END, END]),
        "inputs": (text, ['{"input":"Where?"}', '{"messages":[{"role":"user","content":"Where?"}]}']),
        "outputs": (text, ['{"output":"Here."}', '{"choices":[]}']),
        "error": (text, [None, "Error: 429"]),
        "total_tokens": (pa.int64(), [15, 15]),
        "extra": (text, ['{"metadata":{"tenant":"acme"}}', "{}"]),
        "tags": (pa.list_(text), [["prod"], []]),
    },
    "zstd",
)

# any table: 5 rows in groups of 2
write(
    "rows",
    {
        "id": (pa.int64(), [1, 2, 3, 4, 5]),
        "question": (text, ["a", "b", "c", "d", "e"]),
        "answer": (text, ["A", "B", None, "", "E"]),
        "rating": (pa.int32(), [5, 1, None, 3, 4]),
        "large": (pa.int64(), [2**62, 1, 2, 3, 4]),
        "when": (pa.timestamp("ms"), [START.replace(tzinfo=None)] * 5),
    },
    "gzip",
    row_group_size=2,
)
