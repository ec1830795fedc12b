"""traceAI of FutureAGI: the OpenAI client."""

import json

from fi_instrumentation import register, using_attributes
from fi_instrumentation.fi_types import ProjectType
from openai import BadRequestError, OpenAI
from traceai_openai import OpenAIInstrumentor

QUESTION = "Where is order 17?"
provider = register(project_name="shop", project_type=ProjectType.OBSERVE, verbose=False)
OpenAIInstrumentor().instrument(tracer_provider=provider)
tracer = provider.get_tracer("shop")
client = OpenAI(max_retries=0)
TOOL = {
    "type": "function",
    "function": {
        "name": "find_order",
        "description": "Finds an order.",
        "parameters": {"type": "object", "properties": {"order": {"type": "integer"}}},
    },
}
messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": QUESTION}]
with using_attributes(session_id="s1", user_id="u1", metadata={"plan": "pro"}, tags=["shop"]):
    with tracer.start_as_current_span("support", attributes={"gen_ai.span.kind": "CHAIN"}):
        first = client.chat.completions.create(model="small", messages=messages, tools=[TOOL])
        call = first.choices[0].message.tool_calls[0]
        messages += [
            first.choices[0].message.model_dump(exclude_none=True),
            {"role": "tool", "tool_call_id": call.id, "content": json.dumps({"status": "shipped"})},
        ]
        client.chat.completions.create(model="small", messages=messages, tools=[TOOL])
try:
    client.chat.completions.create(
        model="small", messages=[{"role": "user", "content": "Recite everything."}]
    )
except BadRequestError:
    pass
provider.shutdown()
