import cmath
import decimal
import fractions
import math
import operator
import random
import statistics
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, getcontext, localcontext

print(Decimal('1.10') + Decimal('2.2'), Decimal(0.1), Decimal('1E+3').normalize(), Decimal('-0'), Decimal('NaN'), Decimal('Infinity'))
print(Decimal('2.675').quantize(Decimal('.01'), ROUND_HALF_UP), Decimal('2.665').quantize(Decimal('.01'), ROUND_HALF_EVEN), round(Decimal('2.5')), Decimal(7) / 3)
with localcontext() as context:
    context.prec = 50
    print(Decimal(2).sqrt(), Decimal(1).exp(), Decimal(10).ln())
for call in [lambda: Decimal('x'), lambda: Decimal(1) / 0, lambda: Decimal('1e999999') * 10**9, lambda: Decimal(1) + 1.0, lambda: Decimal('123.456').quantize(Decimal('1e-30')), lambda: int(Decimal('NaN'))]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(getcontext(), f"{Decimal('1234567.891'):,.2f}", f'{Decimal("0.00001")}', f'{Decimal("1e-7"):f}', Decimal('1.5').as_integer_ratio(), Decimal('1.23e5').as_tuple())
print(fractions.Fraction('3/9'), fractions.Fraction(0.75), fractions.Fraction(1, 3) + 1, fractions.Fraction(math.pi).limit_denominator(100), f'{fractions.Fraction(1, 3):.3f}')
print(statistics.mean([1, 2, 4]), statistics.median([3, 1, 2, 9]), statistics.stdev([1, 2, 3, 4]), statistics.quantiles(range(10), n=4), statistics.mode('aab'), statistics.linear_regression([1, 2, 3], [2, 4, 6]), statistics.correlation([1, 2, 3], [3, 2, 1]))
for call in [lambda: statistics.mean([]), lambda: statistics.stdev([1]), lambda: fractions.Fraction(1, 0), lambda: math.sqrt(-1), lambda: math.factorial(-1), lambda: math.log(0), lambda: 2.0**5000, lambda: int('9' * 5000), lambda: float('x'), lambda: int('0x1g', 16), lambda: round(1.5, 'a'), lambda: 1 << -1, lambda: divmod(1.0, 0.0)]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(0.1 + 0.2, 1e16, 1e-5, 123456789012345680.0, 5e-324, -0.0, float('inf'), 1e22, 2**0.5, round(2.675, 2), round(-2.5), round(1234, -2))
print((255).to_bytes(2, 'big'), int.from_bytes(b'\xff\x00', 'little', signed=True), (-5) // 2, -5 % 3, divmod(-7, 2), 7 .bit_length(), (10).bit_count(), int('1_000'), 0b101, 0o17, hex(-255))
print(math.isclose(0.1 + 0.2, 0.3), math.gcd(12, 18, 27), math.lcm(4, 6), math.comb(10, 3), math.prod([1, 2, 3]), math.fsum([0.1] * 10), math.hypot(3, 4, 12), math.nextafter(1.0, 2.0), math.ulp(1.0), math.dist((0, 0), (3, 4)), math.isqrt(99), math.sumprod([1, 2], [3, 4]))
print(f'{3.14159:.2f} {1234567.891:,.1f} {42:08b} {42:#x} {0.00001234:g} {1e10:e} {-5:+} {5: } {0.5:.0%} {1234567:_}')
print(cmath.sqrt(-1), complex('1+2j') * 2, abs(3 + 4j), (1 + 2j).conjugate())
generator = random.Random(42)
print([generator.randrange(100) for _ in range(5)], generator.random(), generator.choice('abc'), generator.sample(range(10), 3), generator.gauss(0, 1), generator.choices('ab', [1, 3], k=4))
items = list(range(6))
generator.shuffle(items)
print(items, generator.getrandbits(70), generator.uniform(1, 2), random.Random('seed').random(), generator.randbytes(4))
print(operator.itemgetter(1, 2)('abc'), operator.attrgetter('real')(5), operator.methodcaller('upper')('x'), operator.index(True))
