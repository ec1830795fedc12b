import { words } from '../../../text/words.ts';

/** What a tool does, by its name: looks something up, or acts in one of three ways; null when the name does not say. */
export type ToolVerb = 'read' | 'send' | 'delete' | 'write' | null;

/** By the first word of the name that says it: `get_unread_emails` reads, `sendMessage` sends. */
export function toolVerb(name: string): ToolVerb {
  if (ANYTHING.test(name)) return null;
  for (const word of words(name.slice(0, 120), { splitCase: true, digits: false })) {
    const verb = VERBS.get(word);
    if (verb !== undefined) return verb;
  }
  return null;
}

/** Runs what it is given, or reads by its name alone. */
const ANYTHING =
  /sql|graphql|database|shell|bash|terminal|python|code|http|request|api|agent|check_?(?:in|out)/i;

const list = (text: string): readonly string[] => text.split(',');

const VERBS: ReadonlyMap<string, Exclude<ToolVerb, null>> = new Map([
  ...list(
    'get,list,search,find,read,lookup,look,fetch,query,show,view,check,count,retrieve,browse,calculate,compute,think,compare,describe,summarize,summarise,visit,inspect,select,load,filter,rank,recall,download',
  ).map((word) => [word, 'read'] as const),
  ...list(
    'send,email,mail,message,post,forward,reply,notify,publish,share,invite,tweet,broadcast,transfer,pay,submit,text,call,contact',
  ).map((word) => [word, 'send'] as const),
  ...list('delete,remove,cancel,clear,drop,erase,unsubscribe,archive,revoke,block').map(
    (word) => [word, 'delete'] as const,
  ),
  ...list(
    'create,add,append,insert,update,set,write,save,schedule,reschedule,book,reserve,make,modify,change,edit,rename,move,copy,upload,order,buy,purchase,refund,issue,register,assign,put,return,exchange,adjust,open,close,complete,place',
  ).map((word) => [word, 'write'] as const),
]);
