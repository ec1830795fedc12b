import type { Random } from './random.ts';

/** The shop the agent works for: customers, their orders, the help articles. */
export interface Customer {
  readonly name: string;
  readonly email: string;
  readonly accountId: string;
  readonly orders: readonly Order[];
}

export interface Order {
  readonly orderId: string;
  readonly item: string;
  readonly total: number;
  readonly carrier: string;
  readonly status: 'delivered' | 'in_transit' | 'processing';
}

export interface Article {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Words that the search index has for this article. */
  readonly keywords: readonly string[];
}

const FIRST =
  'Anna Ben Carla Dev Elena Farid Greta Hugo Ines Jonas Kim Lena Marco Nadia Oskar Priya Quinn Rosa Sven Tariq Uma Vera Wim Yara Zoe Aiko Bruno Celine Dario Emeka'.split(
    ' ',
  );
const LAST =
  'Abbot Berg Costa Dahl Ekman Ferro Grant Hale Ivanov Jensen Kaur Lund Moreau Novak Okafor Perez Quist Rossi Sato Thiel Ueda Vance Weber Xu Young Ziegler'.split(
    ' ',
  );
export const ITEMS: readonly string[] = [
  'Ridge 2 tent',
  'Larch sleeping bag',
  'steel water bottle',
  'trail running shoes',
  'camp stove',
  'oak bedside table',
  'linen duvet cover',
  'wool throw',
  'rain jacket',
  'head torch',
  'cast-iron pan',
  'floor lamp',
  'hiking poles',
  'down jacket',
  'espresso cups',
  'picnic blanket',
  'garden chair',
  'climbing harness',
  'desk organiser',
  'travel pillow',
  'thermos flask',
  'bike panniers',
  'ceramic vase',
  'reading chair',
  'waterproof trousers',
];
const CARRIERS = ['DHL', 'UPS', 'GLS', 'PostNord'] as const;

export function customerFrom(random: Random): Customer {
  const first = random.pick(FIRST);
  const last = random.pick(LAST);
  const orders = Array.from({ length: random.integer(1, 3) }, () => ({
    orderId: String(random.integer(50_000_000, 59_999_999)),
    item: random.pick(ITEMS),
    total: random.integer(12, 420) + random.pick([0, 0.5, 0.9, 0.95]),
    carrier: random.pick(CARRIERS),
    status: random.pick(['delivered', 'in_transit', 'processing'] as const),
  }));
  return {
    name: `${first} ${last}`,
    email: `${first}.${last}${random.integer(1, 99)}@example.com`.toLowerCase(),
    accountId: String(random.integer(30_000_000, 39_999_999)),
    orders,
  };
}

export const ARTICLES: readonly Article[] = [
  {
    id: 'kb-returns',
    title: 'Returns',
    keywords: ['return', 'returns'],
    text: 'Unused items can be returned within 30 days. Start the return from the order page, print the label and drop the parcel at any service point. We refund within 5 working days of arrival.',
  },
  {
    id: 'kb-shipping',
    title: 'Shipping costs and times',
    keywords: ['shipping', 'delivery'],
    text: 'Standard shipping costs 4.90 and takes 3 to 5 working days. Orders over 80 ship free. Express shipping costs 12.90 and arrives the next working day.',
  },
  {
    id: 'kb-warranty',
    title: 'Warranty',
    keywords: ['warranty'],
    text: 'Tents, jackets and furniture carry a 2 year warranty against defects in material. Send a photo of the defect and the order number to start a claim.',
  },
  {
    id: 'kb-payment',
    title: 'Payment methods',
    keywords: ['payment', 'pay'],
    text: 'We take cards, bank transfer and gift cards. Payment is charged when the parcel leaves the warehouse.',
  },
  {
    id: 'kb-giftcard',
    title: 'Gift cards',
    keywords: ['gift'],
    text: 'Gift cards are valid for 3 years and can be combined. The balance is shown at checkout.',
  },
  {
    id: 'kb-size',
    title: 'Size guide',
    keywords: ['size', 'sizes'],
    text: 'Jackets run true to size. Trail running shoes run half a size small. Measure in the evening, in socks.',
  },
  {
    id: 'kb-care',
    title: 'Care of tents and bags',
    keywords: ['wash', 'clean', 'mould', 'care'],
    text: 'Dry the tent fully before packing. Against mould use lukewarm water and vinegar, one part to four, and let it dry in the shade. Wash sleeping bags at 30 degrees without softener.',
  },
  {
    id: 'kb-safety',
    title: 'Stove and knife safety',
    keywords: ['stove', 'knife', 'gas', 'fire'],
    text: 'Use the camp stove outdoors only and check the gas seal before lighting. Camp knives ship to adults only and come sharp: keep the sheath on.',
  },
];
