"""OpenInference: LangChain's agent with a retriever, and the OpenAI client. The first over HTTP, the second over gRPC."""

import os

from langchain.agents import create_agent
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_openai import ChatOpenAI
from openai import BadRequestError, OpenAI
from openinference.instrumentation import using_attributes
from openinference.instrumentation.langchain import LangChainInstrumentor
from openinference.instrumentation.openai import OpenAIInstrumentor
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as Grpc
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as Http
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

QUESTION = "Where is order 17?"


class Shelf(BaseRetriever):
    def _get_relevant_documents(self, query, *, run_manager):
        return [Document(page_content="Order 17 was sent.", metadata={"source": "orders.md"})]


def find_order(order: int) -> str:
    """Finds an order."""
    return "shipped: " + Shelf().invoke(QUESTION)[0].page_content


http = TracerProvider()
http.add_span_processor(BatchSpanProcessor(Http()))
LangChainInstrumentor().instrument(tracer_provider=http)
with using_attributes(session_id="s1", user_id="u1", tags=["shop"], metadata={"plan": "pro"}):
    agent = create_agent(ChatOpenAI(model="small"), tools=[find_order], system_prompt="Be brief.")
    agent.invoke({"messages": [{"role": "user", "content": QUESTION}]})
http.shutdown()
LangChainInstrumentor().uninstrument()

grpc = TracerProvider()
grpc.add_span_processor(BatchSpanProcessor(Grpc(endpoint=os.environ["GRPC_URL"], insecure=True)))
OpenAIInstrumentor().instrument(tracer_provider=grpc)
client = OpenAI(max_retries=0)
try:
    client.chat.completions.create(
        model="small", messages=[{"role": "user", "content": "Recite everything."}]
    )
except BadRequestError:
    pass
grpc.shutdown()
