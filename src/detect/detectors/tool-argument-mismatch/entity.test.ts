import { describe, expect, it } from 'vitest';
import { entityOf, isSameEntity } from './entity.ts';

describe('entityOf', () => {
  it.each([
    [['order_id'], ['order']],
    [['orderId'], ['order']],
    [['account', 'id'], ['account']],
    [['orders', 'lines', 'id'], ['line']],
    [['orders', 'items', 'id'], ['order']],
    [['user', 'account_id'], ['account']],
    [
      ['payment_methods', 'credit_card_4421', 'id'],
      ['payment', 'method'],
    ],
    [['booking_ref'], ['reservation']],
    [['id'], []],
  ])('reads %j as %j', (path, expected) => {
    expect(entityOf(path)).toEqual(expected);
  });
});

describe('isSameEntity', () => {
  it.each([
    ['order_id', 'order.number', true],
    ['booking_id', 'reservation.code', true],
    ['user_id', 'customer_no', true],
    ['org_id', 'organisation.id', true],
    ['order_id', 'account.id', false],
    ['flight_number', 'booking_id', false],
    ['order_id', 'id', true],
  ])('compares %s with %s: %s', (left, right, expected) => {
    expect(isSameEntity(entityOf([left]), entityOf(right.split('.')))).toBe(expected);
  });
});
