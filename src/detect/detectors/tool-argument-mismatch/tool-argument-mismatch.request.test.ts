import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../contract/json.ts';
import { assistant, call, makeTrace, tool, user, yes } from '../../../testing/trace.ts';
import { isVerbatim } from '../../evidence.ts';
import { toolArgumentMismatch } from './tool-argument-mismatch.ts';

const ship = tool(
  'ship_parcel',
  {
    address: { type: 'string', description: 'Where the parcel goes.' },
    weight: { type: 'number', description: 'The weight of the parcel.' },
    insured_value: { type: 'number', description: 'What the content is worth.', default: 0 },
    amount: { type: 'number', description: 'What the receiver pays on delivery.' },
    copies: { type: 'integer', description: 'Number of labels to print. Default is 1.' },
    unit: { type: 'string', description: "Unit of the weight, 'kg' as default." },
    track_delivery: { type: 'boolean', description: 'Follow the parcel. Defaults to False.' },
    signed: { type: 'boolean', description: 'Ask for a signature.', default: true },
    speed: { type: 'string', enum: ['standard', 'express', 'same day'], default: 'standard' },
  },
  ['address'],
);

const causes = (request: string, ...given: readonly JsonObject[]) => {
  const trace = makeTrace({
    tools: [ship],
    messages: [
      user(request),
      assistant('', ...given.map((args, at) => call('ship_parcel', args, `c${at}`))),
    ],
  });
  return yes(toolArgumentMismatch, trace).map(({ cause, evidence }) => {
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence.every((item) => isVerbatim(trace, item))).toBe(true);
    return cause.join(' | ');
  });
};

const ulm = { address: 'Ulm' };

describe('arguments compared with the request', () => {
  it.each<[string, string, JsonObject, string]>([
    [
      'a number before its name',
      'To Ulm, with an insured value of $400.',
      ulm,
      'left out, number | ship_parcel.insured_value',
    ],
    [
      'money, for an amount',
      'To Ulm, and collect 90 euros.',
      ulm,
      'left out, number | ship_parcel.amount',
    ],
    [
      'a number in words that counts things',
      'To Ulm, print three labels.',
      ulm,
      'left out, number | ship_parcel.copies',
    ],
    [
      'another number than the request gives for the argument',
      'It weighs 100 grams, to Ulm.',
      { ...ulm, weight: 90 },
      'altered number | ship_parcel.weight',
    ],
    [
      'a number left at its default',
      'To Ulm, print three labels.',
      { ...ulm, copies: 1 },
      'altered number | ship_parcel.copies',
    ],
    [
      'a flag that is off by default',
      'To Ulm, and track the delivery.',
      ulm,
      'left out, flag | ship_parcel.track_delivery',
    ],
    [
      'a unit other than the default',
      'To Ulm, 3 pounds.',
      { ...ulm, weight: 3 },
      'left out, unit | ship_parcel.unit',
    ],
    [
      'a value of an enumeration that only part of another argument holds',
      'To Express Street in Ulm, express.',
      { address: 'Express Street, Ulm' },
      'left out, listed value | ship_parcel.speed',
    ],
    [
      'arguments wrapped in one that the schema lacks',
      'To Ulm.',
      { params: ulm },
      'wrapped | ship_parcel',
    ],
  ])('finds %s', (_, request, given, expected) => {
    expect(causes(request, given)).toEqual([expected]);
  });

  it.each<[string, string, JsonObject]>([
    [
      'a value equal to the default',
      'To Ulm, one label, standard speed, 3 kg.',
      { ...ulm, weight: 3 },
    ],
    ['a flag that is on by default', 'To Ulm, signed.', ulm],
    ['a flag that is not wanted', 'To Ulm, do not track the delivery.', ulm],
    [
      'a number worked out from two',
      'Two of 40 grams and 50 grams, to Ulm.',
      { ...ulm, weight: 90 },
    ],
    ['a percentage as a fraction', 'To Ulm, 5% of a ton.', { ...ulm, weight: 0.05 }],
  ])('accepts %s', (_, request, given) => {
    expect(causes(request, given)).toEqual([]);
  });

  it('does not count a number as used because another is a hundred times as small', () => {
    expect(causes('To Ulm in 10 days, insured value 1000.', { ...ulm, weight: 10 })).toEqual([
      'left out, number | ship_parcel.insured_value',
    ]);
  });
});

const trip = tool('book_trip', {
  out: { type: 'string', description: 'The first day, as MM-DD-YYYY.' },
  back: { type: 'string', description: 'The last day, as MM-DD-YYYY.' },
  fare_rate: { type: 'number', description: 'The share that is paid at once.' },
  stops: { type: 'integer' },
  page_url: { type: 'string', default: 'https://trips.example/book' },
});

const trips = (request: string, given: JsonObject) =>
  yes(
    toolArgumentMismatch,
    makeTrace({
      tools: [trip],
      messages: [user(request), assistant('', call('book_trip', given))],
      input: request,
    }),
  ).map(({ cause }) => cause.join(' | '));

describe('dates, rates and addresses', () => {
  it.each<[string, string, JsonObject, readonly string[]]>([
    [
      'month and day swapped',
      'From May 3, 2024 on.',
      { out: '03-05-2024' },
      ['month and day swapped | book_trip.out'],
    ],
    [
      'another date',
      'From May 3, 2024 to May 9, 2024.',
      { out: '05-03-2024', back: '05-31-2024' },
      ['other date | book_trip.back'],
    ],
    [
      'the dates as asked',
      'From May 3 to 9 May 2024.',
      { out: '05-03-2024', back: '05-09-2024' },
      [],
    ],
    ['a date that was worked out', 'From May 3, 2024, 4 nights.', { back: '05-07-2024' }, []],
    [
      'dates that can be read in two ways',
      'On 3/5/2024 or May 4, 2024.',
      { out: '03-05-2024' },
      [],
    ],
    [
      'a percentage for a share',
      'Pay 20% at once.',
      { fare_rate: 20 },
      ['unit | book_trip.fare_rate | from percent'],
    ],
    ['a share', 'Pay 20% at once.', { fare_rate: 0.2 }, []],
    [
      'an address without its scheme',
      'Book it.',
      { page_url: 'trips.example/book' },
      ['address without scheme | book_trip.page_url'],
    ],
    ['a whole address', 'Book it.', { page_url: 'http://trips.example' }, []],
    ['a fraction that the schema is too narrow for', 'With 1.5 stops.', { stops: 1.5 }, []],
    ['a fraction from nowhere', 'With stops.', { stops: 1.5 }, ['wrong type | book_trip.stops']],
  ])('judges %s', (_, request, given, expected) => {
    expect(trips(request, given)).toEqual(expected);
  });
});

describe('pairs', () => {
  const seat = tool('seat', { guest: { type: 'string' }, table: { type: 'string' } });
  const request = 'Please seat Ann Lee and Ben at Window Two and Garden respectively.';
  const seated = (...pairs: readonly (readonly [string, string])[]) =>
    yes(
      toolArgumentMismatch,
      makeTrace({
        tools: [seat],
        messages: [
          user(request),
          assistant(
            '',
            ...pairs.map(([guest, table], at) => call('seat', { guest, table }, `c${at}`)),
          ),
        ],
      }),
    );

  it('are found when paired in another order than in the request', () => {
    const [signal, ...more] = seated(['Ann Lee', 'Garden'], ['Ben', 'Window Two']);
    expect(more).toEqual([]);
    expect(signal?.cause).toEqual(['mispaired', 'seat.guest', 'table']);
    expect(signal?.evidence.map(({ quote }) => quote).slice(0, 2)).toEqual(['Ann Lee', 'Garden']);
  });

  it('are accepted when paired as requested', () => {
    expect(seated(['Ann Lee', 'Window Two'], ['Ben', 'Garden'])).toEqual([]);
  });
});

describe('coordinates', () => {
  const weather = tool('weather', { lat: { type: 'number' }, lon: { type: 'string' } });
  const asked = (text: string, given: JsonObject) =>
    yes(
      toolArgumentMismatch,
      makeTrace({
        tools: [weather],
        messages: [user(text), assistant('', call('weather', given))],
      }),
    ).map(({ cause }) => cause.join(' | '));

  it('need a minus sign in the west and the south', () => {
    const text = 'The weather at 37.8 N, 119.5 W';
    expect(asked(text, { lat: 37.8, lon: '119.5' })).toEqual(['lost sign | weather.lon']);
    expect(asked(text, { lat: 37.8, lon: '-119.5' })).toEqual([]);
    expect(asked('At 33.9° south, 18.4° east', { lat: 33.9, lon: '18.4' })).toEqual([
      'lost sign | weather.lat',
    ]);
  });
});
