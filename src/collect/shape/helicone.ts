import type { JsonObject } from '../../contract/json.ts';
import type { Score } from '../../contract/trace.ts';
import { pick, recordOf, stringOf } from '../json/json-value.ts';
import { bodyOf, isRequestBody } from '../message/body.ts';
import { exchangeConversation } from './exchange.ts';
import { namedScore, scoresOf } from './score.ts';
import type { Shape } from './shape.ts';
import { filled } from './span.ts';

/** A request of Helicone's `POST /v1/request/query` or its dashboard export as JSON. */
export const heliconeShape: Shape = {
  format: 'helicone-request',
  clues: ['request_body'],
  matches: (value) =>
    'request_body' in value && 'response_body' in value && 'request_created_at' in value,
  read: (value) => {
    const request = bodyOf(value['request_body']);
    const properties = {
      ...recordOf(value['request_properties']),
      ...recordOf(value['properties']),
    };
    const { 'Helicone-Session-Id': session, Tenant: tenant, ...metadata } = properties;
    const conversation = exchangeConversation(
      isRequestBody(request) ? request : null,
      bodyOf(value['response_body']),
      filled({
        id: stringOf(value['request_id']),
        timestamp: value['request_created_at'],
        delay_ms: value['delay_ms'],
        user: value['request_user_id'],
        model: pick(value, 'response_model', 'request_model', 'model'),
        provider: stringOf(value['provider'])?.toLowerCase(),
        prompt_tokens: value['prompt_tokens'],
        completion_tokens: value['completion_tokens'],
        cost: pick(value, 'costUSD', 'cost'),
        status_code: value['response_status'],
        session,
        tenant: tenant ?? properties['tenant'],
        metadata,
      }),
    );
    return [{ kind: 'conversation', conversation: { ...conversation, scores: judgments(value) } }];
  },
};

function judgments(value: JsonObject): Score[] {
  const rating = pick(value, 'response_user_feedback', 'request_feedback', 'feedback_rating');
  const thumb = typeof rating === 'boolean' ? (rating ? 'thumbs_up' : 'thumbs_down') : rating;
  const feedback = namedScore('user_feedback', thumb, 'human');
  const scores = scoresOf(value['scores']).map((score) => ({
    ...score,
    name: score.name.replace(/-boolean$/, ''),
  }));
  return feedback === null ? scores : [feedback, ...scores];
}
