// Loaded before the program when pictures are made: shifts the wall clock of every process to one day, so that two
// runs show the same times. The time itself runs on; ages and countdowns are real.
const shift = Number(process.env.HOPX_TOP_PICTURE_SHIFT_MS);
const RealDate = globalThis.Date;

globalThis.Date = class ShiftedDate extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [RealDate.now() + shift] : parts));
  }

  static now() {
    return RealDate.now() + shift;
  }
};
