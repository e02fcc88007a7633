export {formatMinute, formatMoment} from '../model/format.ts';
