/** What a reader of one format finds: the bytes that are kept, and how large the picture is. */
export interface ReadPhoto {
  bytes: Buffer;
  width: number;
  height: number;
}
