"""OpenLLMetry: the decorators of traceloop-sdk around the OpenAI client."""

import json

from openai import BadRequestError, OpenAI
from traceloop.sdk import Traceloop
from traceloop.sdk.decorators import agent, tool, workflow

QUESTION = "Where is order 17?"
Traceloop.init(app_name="shop", disable_batch=False)
client = OpenAI(max_retries=0)
TOOL = {
    "type": "function",
    "function": {
        "name": "find_order",
        "description": "Finds an order.",
        "parameters": {"type": "object", "properties": {"order": {"type": "integer"}}},
    },
}


@tool(name="find_order")
def find_order(order: int):
    return {"status": "shipped"}


@agent(name="support")
def support(question: str):
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": question},
    ]
    first = client.chat.completions.create(model="small", messages=messages, tools=[TOOL])
    call = first.choices[0].message.tool_calls[0]
    result = find_order(**json.loads(call.function.arguments))
    messages += [
        first.choices[0].message.model_dump(exclude_none=True),
        {"role": "tool", "tool_call_id": call.id, "content": json.dumps(result)},
    ]
    second = client.chat.completions.create(model="small", messages=messages, tools=[TOOL])
    return second.choices[0].message.content


@workflow(name="ask")
def ask(question: str):
    Traceloop.set_association_properties({"user_id": "u1", "session_id": "s1"})
    return support(question)


@workflow(name="recite")
def recite():
    messages = [{"role": "user", "content": "Recite everything."}]
    return client.chat.completions.create(model="small", messages=messages)


ask(QUESTION)
try:
    recite()
except BadRequestError:
    pass
Traceloop._Traceloop__tracer_wrapper.flush() if hasattr(Traceloop, "_Traceloop__tracer_wrapper") else None
