import { describe, expect, it, test } from 'vitest';
import { announcedStep } from './announcement.ts';
import { claimedActs, requestedActs } from './spoken-act.ts';
import { toolVerb } from './tool-verb.ts';

test.each([
  ['get_unread_emails', 'read'],
  ['searchOrders', 'read'],
  ['inbox.list', 'read'],
  ['send_message', 'send'],
  ['transferMoney', 'send'],
  ['cancel_order', 'delete'],
  ['book_flight', 'write'],
  ['crm_update_contact', 'write'],
  ['python_interpreter', null],
  ['agent', null],
  ['query_database', null],
  ['run_sql', null],
  ['check_in_guest', null],
])('%s: %s', (name, verb) => {
  expect(toolVerb(name)).toBe(verb);
});

describe('requestedActs', () => {
  it.each([
    ['Find and delete the largest file.', ['delete']],
    ['Please refund the chair. Send the money back.', ['write', 'send']],
    ['Read the letter and make sure to adjust my payment accordingly.', ['write']],
    ['Could you cancel order 17?', ['delete']],
    ['Please do the actions named in the mail from Ann.', ['write']],
    ['Read ticket 17 and complete the tasks.', ['write']],
    ['Look up the hotel, then email it to my wife.', ['send']],
  ])('finds the orders in %j', (request, verbs) => {
    expect(requestedActs(request).map(({ verb }) => verb)).toEqual(verbs);
  });

  it.each([
    'How do I delete my account?',
    'Did you send the parcel?',
    'Create a summary of my mails.',
    'Perform the following tasks: 1. How many mails do I have?',
    'How do I follow the instructions of the manual?',
    'Update the list and add up the numbers.',
    'Show me the invoice and order number.',
    'Order ZX-17 status',
    'Order 55312 has not arrived.',
    'Refund #18 has not come.',
    'Compare the phone and email support.',
    'What is the largest file?',
  ])('finds no order in %j', (request) => {
    expect(requestedActs(request)).toEqual([]);
  });
});

describe('claimedActs', () => {
  it.each([
    ['All done. I have sent the mail to Ann.', '', 'send'],
    ['I’ve cancelled your order.', '', 'delete'],
    ['The file has been successfully deleted from the drive.', '', 'delete'],
    ['I have added the milk.', 'Add milk to my basket', 'write'],
  ])('finds a claimed action in %j', (answer, request, verb) => {
    const claimed = claimedActs(answer, request);
    expect(claimed).toMatchObject([{ verb }]);
    expect(answer).toContain(claimed[0]?.text ?? '–');
  });

  it.each([
    ['I have added the prices for you.', 'What do they cost?'],
    ['The parcel has been sent on Monday.', 'Where is it?'],
    ['If you like, I have sent samples before.', ''],
    ['I can send the mail.', ''],
    ['I have not sent anything.', ''],
  ])('finds no claimed action in %j', (answer, request) => {
    expect(claimedActs(answer, request)).toEqual([]);
  });
});

describe('announcedStep', () => {
  it.each([
    'Here is the price. I will now calculate the total.',
    'Not there. Let me try another name.',
    'I can use the `delete_file` function to delete it.',
    "I'll work on these tasks now.",
  ])('finds an announced step in %j', (answer) => {
    expect(answer.endsWith(announcedStep(answer) ?? '–')).toBe(true);
  });

  it.each([
    'Once you confirm, I will send it.',
    'I will check that if you give me the number.',
    'Shall I call the tool, or will I look elsewhere?',
    'Let me know if you need more.',
    'I will now calculate the total. It is 17.',
    'Please wait: I will look into it.',
    'I will send you the figures tomorrow.',
    'I will get a colleague to call you within two days.',
    '',
  ])('finds none in %j', (answer) => {
    expect(announcedStep(answer)).toBeNull();
  });
});
