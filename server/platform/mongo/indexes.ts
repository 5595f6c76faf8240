import mongoose from 'mongoose';

/**
 * Creates the collections and indexes of all registered models; run at boot, before any data. Collections first, because a transaction
 * that has to create one conflicts with its neighbours.
 */
export async function ensureIndexes(): Promise<void> {
  for (const model of Object.values(mongoose.models)) {
    await model.createCollection();
    await model.createIndexes();
  }
}
