const account = { balance: 100 };
const pause = () => new Promise((resolve) => setImmediate(resolve));
async function withdraw(n) {
  const rest = account.balance - n;
  await pause();
  account.balance = rest;
}
Promise.all([withdraw(10), withdraw(20)]).then(() => { module.exports = account; });
