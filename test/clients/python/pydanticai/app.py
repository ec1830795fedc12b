"""PydanticAI: its own instrumentation, without Logfire."""

import os

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from pydantic_ai import Agent
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
try:
    from pydantic_ai.models.instrumented import InstrumentationSettings
except ImportError:
    from pydantic_ai import InstrumentationSettings
Agent.instrument_all(InstrumentationSettings(tracer_provider=provider))
model = OpenAIChatModel(
    "small", provider=OpenAIProvider(base_url=os.environ["OPENAI_BASE_URL"], api_key="any")
)
agent = Agent(model, name="support", instructions="Be brief.")


@agent.tool_plain
def find_order(order: int) -> dict:
    """Finds an order."""
    return {"status": "shipped"}


print(agent.run_sync("Where is order 17?").output)
try:
    agent.run_sync("Recite everything.")
except ModelHTTPError:
    pass
provider.shutdown()
