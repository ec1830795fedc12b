"""Strands Agents: its own telemetry."""

from strands import Agent, tool
from strands.models.openai import OpenAIModel
from strands.telemetry import StrandsTelemetry

telemetry = StrandsTelemetry().setup_otlp_exporter()


@tool
def find_order(order: int) -> dict:
    """Finds an order."""
    return {"status": "success", "content": [{"text": "shipped"}]}


def agent():
    return Agent(
        name="support",
        model=OpenAIModel(model_id="small", client_args={"max_retries": 0}),
        system_prompt="Be brief.",
        tools=[find_order],
        callback_handler=None,
        trace_attributes={"session.id": "s1", "user.id": "u1"},
    )


print(agent()("Where is order 17?"))
try:
    agent()("Recite everything.")
except Exception as error:
    print(type(error))
telemetry.tracer_provider.force_flush()
