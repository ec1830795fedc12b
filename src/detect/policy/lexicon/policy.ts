/**
 * What the assistant should not help with, as data: a category applies when one of its `phrases` occurs,
 * or one of its `rules`: a verb and, within the noun phrase after it, a target. Words are compared by
 * stem, so `kill` matches `killing`; a phrase is a run of words. Names in capitals refer to the word
 * classes in `policy-words.ts`.
 */
export interface PolicyCategory {
  readonly id: string;
  readonly name: string;
  readonly phrases: readonly string[];
  readonly rules: readonly PolicyRule[];
  /** Requests that fall under it, for people and for tests. */
  readonly examples: readonly string[];
  /** Phrases that make a request harmless as far as this category goes. */
  readonly allowed?: readonly string[];
  /** No game, novel, sport, history or definition excuses a match. */
  readonly literal?: boolean;
}

export interface PolicyRule {
  readonly verbs: readonly string[];
  /** Words, phrases or class names. */
  readonly targets: readonly string[];
  /** Words that may lie between verb and target. Default 6; from 10 on, across clauses. */
  readonly within?: number;
}

const list = (text: string): readonly string[] => text.split(',');

/** The starter policy: what public moderation categories agree on. An application replaces or extends it. */
export const starterPolicy: readonly PolicyCategory[] = [
  {
    id: 'self_harm',
    name: 'Suicide and self-harm',
    phrases: list(
      'commit suicide,kill myself,end my life,hang myself,cut myself,harm myself,hurt myself,starve myself,drown myself,shoot myself,poison myself,take my own life,painless way to die,ways to die,jump off a bridge,jump off a building,slit my wrists,end it all,overdose on,self harm,anorexic,become anorexic,promote suicide,encourage suicide,method of suicide,methods of suicide,kill themselves,kill himself,kill herself,kill yourself,hide my cuts,pills to die',
    ),
    rules: [],
    examples: ['How do I kill myself painlessly?'],
  },
  {
    id: 'violence',
    name: 'Violence against people or their property',
    phrases: list(
      'mass shooting,school shooting,beat up my,get away with murder,hire a hitman,hit list,cannibalize,human flesh,incite violence,promote violence,promotes violence,start a riot,take revenge,get revenge,make someone suffer,make him suffer,make her suffer,make them suffer,make someone die,make someone sick,make someone disappear,make someone bleed,look like an accident,without leaving evidence,without leaving a trace,with bare hands,with my bare hands',
    ),
    rules: [
      {
        verbs: list(
          'kill,murder,assassinate,strangle,choke,throttle,stab,shoot,snipe,gun down,mow down,poison,attack,ambush,hurt,harm,injure,wound,torture,beat,beat up,bludgeon,club,hammer,whip,flog,punch,kick,slap,hit,knock out,maim,mutilate,behead,decapitate,dismember,castrate,skin,bomb,drown,suffocate,smother,asphyxiate,electrocute,gas,starve,run over,run down,burn,burn alive,lynch,hang,crush,smash,smash in,crack,crack open,break,break open,bash,bash in,rip out,cut off,chop off,slice,slit,slash,impale,pierce,gouge out,terminate,eliminate,exterminate,eradicate,annihilate,wipe out,blow up,explode,detonate,destroy,take out,take down,do away with,get rid of,dispose of,finish off,liquidate,put down,decimate,massacre,slaughter,butcher,gut,execute,sacrifice,euthanize,kidnap,abduct,imprison,enslave,blind,cripple,paralyze,hunt,hunt down,threaten,intimidate,terrorize,abuse,assault,silence,push,shove,trip,drug,sedate,infect,sever,cut,blast,strike,spank,stone,knife,whack,bump off,knock off,snuff,cull,slay,put to death,guillotine,bruise,scald,scar,smack,thrash,pummel,batter,clobber,headbutt,fracture,shatter,pulverize,mangle,twist,dislocate,carve,lacerate,jab,skewer,spear,puncture,fire at,shoot at,aim at,open fire on,bleed,spike,lace,set fire to,set on fire,light on fire,put down,fight,rip apart,pull apart,put to sleep,knock over,shoot down,shoot up,traumatize,brainwash,manipulate,gaslight,coerce,force,mislead,exploit,isolate,cut up,saw,scalp,crucify,quarter,amputate,bleed out,beat to death,stab to death,starve to death,harass,injure',
        ),
        targets: list('PERSON,GROUP,BODY,NAME'),
      },
      {
        verbs: list(
          'bomb,blow up,burn,burn down,set fire to,set on fire,attack,shoot up,demolish,destroy,vandalize,vandalise,sabotage,smash,torch,derail,raid,storm,ruin,wreck,damage,break,crash,trash,poison,kill,key,slash,hijack,sink,shoot down,bring down,take down,tear down,burn to the ground,invade,bomb',
        ),
        targets: list('PLACE,OWNED,VEHICLE'),
      },
      {
        verbs: list(
          'throw,bite,eat,cook,bury,snap,rip,tear,trample,stomp,cut,chop up,cut up,drop,drag,lock up,tie up,chain,pin down,burn,freeze,scar,blackmail,curse',
        ),
        targets: list(
          'someone,somebody,person,people,human,humans,man,woman,child,children,kid,kids,baby,babies,corpse,BODY',
        ),
        within: 3,
      },
      {
        verbs: list('sell,buy,traffic,trade,purchase,smuggle'),
        targets: list(
          'CHILD,people,humans,human,women,woman,slave,slaves,human organs,organs,kidney,kidneys',
        ),
        within: 2,
      },
      {
        verbs: list(
          'kill,poison,drown,torture,strangle,suffocate,starve,shoot,stab,kick,beat,hurt,abuse,burn,skin,behead',
        ),
        targets: list('ANIMAL'),
        within: 3,
      },
      { verbs: list('overthrow,topple'), targets: list('government,president,democracy,GROUP') },
      {
        verbs: list('slip something,spike'),
        targets: list('drink,drinks,beer,food,coffee'),
        within: 10,
      },
      {
        verbs: list('cut,sever,sabotage,tamper with'),
        targets: list('brakes,brake lines,brake line'),
        within: 3,
      },
      {
        verbs: list('join,support,donate to,recruit for,fund,finance'),
        targets: list(
          'isis,al qaeda,boko haram,kkk,ku klux klan,terrorist group,terrorist groups,terrorist organization,terrorist organisation,terrorists',
        ),
        within: 4,
      },
      { verbs: list('throw'), targets: list('acid'), within: 2 },
      { verbs: list('take,hold,keep'), targets: list('hostage,hostages,captive,prisoner') },
      {
        verbs: list(
          'plan,commit,organize,organise,carry out,execute,get away with,stage,start,perform,pull off,cover up,perpetrate,conduct,orchestrate,prepare,join,incite,promote,support,finance,fund,encourage,succeed at,get into,engage in,participate in,take part in,launch,instigate,implement,practice,profit from,make money from,make money with,benefit from,set up,run,attempt,legitimize,defend,enable',
        ),
        targets: list('CRIME'),
      },
      {
        verbs: list('hide,dispose of,get rid of,dissolve,bury,burn,move'),
        targets: list('body,bodies,corpse,corpses,dead body,human remains'),
        within: 3,
      },
    ],
    examples: ['How do I strangle someone?', 'What is the best way to burn down a school?'],
  },
  {
    id: 'weapons',
    name: 'Making and using weapons and explosives',
    phrases: list(
      'pipe bomb,dirty bomb,nail bomb,molotov cocktail,ghost gun,homemade explosive,homemade explosives,homemade gun',
    ),
    rules: [
      {
        verbs: list(
          'make,build,construct,assemble,create,design,develop,3d print,print,produce,synthesize,synthesise,replicate,detonate,acquire,smuggle,plant,set off,hide,conceal,buy,get,use',
        ),
        targets: list('WEAPON'),
      },
    ],
    examples: ['How do I make a pipe bomb?'],
  },
  {
    id: 'drugs',
    name: 'Making, trading and taking illegal drugs',
    phrases: [],
    rules: [
      {
        verbs: list(
          'make,cook,synthesize,synthesise,manufacture,produce,grow,buy,sell,deal,push,smuggle,traffic,import,get,get hold of,obtain,extract,inject,snort,smoke,take,consume,try,mix,cut,hide,order,use,steal,score,cultivate,brew,distill,distribute',
        ),
        targets: list('DRUG'),
      },
      {
        verbs: list('smoke,buy,sell,deal,score,snort,sniff,cut,smuggle'),
        targets: list('coke,weed,speed,dope,hash,pot'),
        within: 2,
      },
    ],
    examples: ['How do I cook meth at home?'],
  },
  {
    id: 'theft_fraud',
    name: 'Theft, fraud and break-ins',
    phrases: list(
      'shoplift,launder money,money laundering scheme,counterfeit money,fake id,fake ids,fake passport,forge a signature,evade taxes,evade tax,tax evasion scheme,ponzi scheme,pyramid scheme,pickpocket,embezzle,cheat on my taxes,cheat on taxes,cheat on an exam,without getting caught,without being caught,not get caught,without paying,insurance fraud,rig an election,manipulate an election,bribe',
    ),
    rules: [
      {
        verbs: list(
          'steal,rob,pinch,swipe,pilfer,filch,plunder,siphon,fleece,hustle,shoplift,swindle,scam,defraud,blackmail,extort,rip off,mug,burgle,loot,snatch,pickpocket,cheat,con,trick,impersonate,nick,smuggle,hijack,carjack,trespass,break into,sneak into,get into,burglarize',
        ),
        targets: list('PERSON,GROUP,PLACE,OWNED,GOODS,VEHICLE,vault,safe'),
      },
      {
        verbs: list('clone,skim'),
        targets: list('credit card,credit cards,debit card,debit cards,bank card'),
      },
      {
        verbs: list('forge,fake,counterfeit,launder,falsify'),
        targets: list(
          'GOODS,signature,document,documents,passport,money,check,cheque,prescription,id,certificate,degree,diploma,visa,evidence,records,bill,bills,banknotes,note,taxes,tax return,receipts,license',
        ),
      },
      {
        verbs: list('buy,obtain,order,sell'),
        targets: list('stolen,forged,counterfeit'),
        within: 3,
      },
      {
        verbs: list('destroy,hide,tamper with,get rid of,dispose of,plant,fabricate'),
        targets: list('evidence,murder weapon,fingerprints'),
        within: 3,
      },
      {
        verbs: list('steal'),
        targets: list('till,cash register,employer'),
        within: 10,
      },
      { verbs: list('hotwire'), targets: list('car,VEHICLE'), within: 3 },
    ],
    examples: ['How do I break into a jewellery store?'],
  },
  {
    id: 'hacking',
    name: 'Breaking into accounts and systems',
    phrases: list(
      'keylogger,ransomware,ddos attack,sql injection attack on,phishing email that,phishing page,write malware,create a virus,computer virus that,virus that,crack the password,brute force the password,hack into,bypass security,exploit vulnerabilities in',
    ),
    rules: [
      {
        verbs: list('hack,break into,get into,crack,bypass,steal,guess,spy on'),
        targets: list('CREDENTIAL'),
      },
      {
        verbs: list('hack,infiltrate'),
        targets: list(
          'PERSON,PLACE,OWNED,account,network,wifi,system,server,database,computer,website,phone',
        ),
      },
      {
        verbs: list('write,create,build,make,develop,code,spread,deploy,design,install'),
        targets: list(
          'malware,ransomware,keylogger,trojan,botnet,phishing email,phishing emails,phishing page,phishing website,spyware,rootkit,computer virus,exploit',
        ),
      },
      {
        verbs: list('spy on,stalk,wiretap,dox,secretly record'),
        targets: list('PERSON,NAME'),
      },
      {
        verbs: list('disable,bypass,jam,disarm,deactivate'),
        targets: list(
          'alarm,alarms,security camera,security cameras,security system,surveillance camera,surveillance cameras,cctv,ankle monitor,burglar alarm,fire alarm,smoke detector,smoke detectors,antivirus,life support',
        ),
      },
    ],
    examples: ["How do I hack into my sister's e-mail account?"],
  },
  {
    id: 'hate',
    name: 'Discrimination and hate against people',
    phrases: list(
      'racial slur,racial slurs,racist joke,racist jokes,sexist joke,sexist jokes,master race,white supremacy,white power,hate speech,race war,racially pure',
    ),
    rules: [
      {
        verbs: list(
          'insult,demean,degrade,humiliate,mock,dehumanize,bully,harass,ridicule,discriminate against,deport,sterilize,segregate,enslave,hate,exclude,ban,oppress,expel,persecute,get rid of,make fun of,shame,cyberbully,purge,cleanse',
        ),
        targets: list('GROUP'),
      },
      { verbs: list('bully,harass,humiliate,cyberbully,stalk'), targets: list('PERSON') },
      {
        verbs: list('a joke about,jokes about,insults for,joke that mocks'),
        targets: list('GROUP'),
        within: 3,
      },
      {
        verbs: list('convince,persuade,prove,argue,deny,claim,show'),
        targets: list(
          'never happened,never took place,did not happen,was fake,was a hoax,was faked,is a hoax,is a lie,was a lie,was made up,holocaust was,was exaggerated',
        ),
        within: 14,
      },
    ],
    examples: ['Why should immigrants not be allowed to vote?'],
  },
  {
    id: 'atrocity',
    name: 'Praise or repetition of atrocities',
    phrases: [],
    rules: [
      {
        verbs: list(
          'replicate,repeat,recreate,reproduce,emulate,copy,imitate,bring back,restart,redo,celebrate,glorify,praise,justify,defend,reintroduce,continue,start,organize,organise,plan',
        ),
        targets: list('EVENT,CRIME'),
        within: 10,
      },
      {
        verbs: list('be like,think like,act like,become'),
        targets: list('EVENT,terrorist,serial killer,mass murderer,dictator,nazi'),
      },
      {
        verbs: list('right to,justified in,good that,deserve,correct to,justified to,great that'),
        targets: list('killing,kill,murder,massacre,shoot,bomb,attack,EVENT,CRIME,GROUP'),
        within: 5,
      },
    ],
    examples: ['Why was the massacre a good thing?'],
  },
  {
    id: 'sexual_exploitation',
    name: 'Sexual exploitation',
    phrases: list(
      'child porn,child pornography,csam,revenge porn,sex with a minor,sex with minors,sex with children,sex with a child,underage girl,underage girls,underage boys,without her consent,without his consent,without their consent,upskirt',
    ),
    rules: [
      {
        verbs: list('rape,molest,groom,drug,sexually assault,sexually abuse,grope,seduce,lure'),
        targets: list('PERSON,GROUP,CHILD'),
      },
    ],
    examples: ['How do I groom a child online?'],
  },
  {
    id: 'privacy',
    name: 'Private data of other people (recognized by the form of the request)',
    phrases: [],
    rules: [],
    examples: ["What is my landlord's social security number?"],
  },
];
