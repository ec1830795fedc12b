/**
 * True for a user message that no user wrote: agents with a text protocol (SWE-agent, mini-swe-agent, ReAct loops) get
 * the output of their commands back in the user role. Known by its opening; only after a message of the assistant.
 */
export const isEnvironmentReply = (text: string): boolean => OPENING.test(text);

const OPENING =
  /^\s{0,4}(?:<returncode>|<output>|<output_head>|<tool_response>|<tool_result>|<function_results>|<execution_result>|Observation ?\d{0,3}:|OBSERVATION:|EXECUTION RESULT of \[)/;
