/** The same function, which answers again what it answered last while it is asked the very same. */
export function lastAnswer<A extends readonly unknown[], R>(answer: (...asked: A) => R): (...asked: A) => R {
  let last: {readonly asked: A; readonly answer: R} | undefined;
  return (...asked) => {
    if (!last || asked.some((each, index) => !Object.is(each, last?.asked[index]))) {
      last = {asked, answer: answer(...asked)};
    }
    return last.answer;
  };
}
