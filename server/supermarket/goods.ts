/** Goods that have a picture in `public/img/goods`; the word also names a good in limits, whatever its brand and size. */
export const goods = ['rice', 'oil', 'washing-powder', 'soap', 'towel', 'vinegar', 'salt', 'quilt', 'milk', 'notebook'] as const;
export type Good = (typeof goods)[number];

/** What goods are. Tobacco and alcohol stand here so that they can be refused by name (DOMAIN 10, SH3). */
export const goodsCategories = ['food', 'household', 'bedding', 'stationery', 'other', 'tobacco', 'alcohol'] as const;
export type GoodsCategory = (typeof goodsCategories)[number];
