using System.Reflection;
using System.Runtime.CompilerServices;
using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Spec.Tests;

public class BinaryLayoutTests
{
    private static readonly MethodInfo SizesOfMethod = typeof(BinaryLayoutTests).GetMethod(nameof(SizesOf), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo RoundTripMethod = typeof(BinaryLayoutTests).GetMethod(nameof(RoundTrip), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly Type[] All =
        [.. typeof(CedtChbs).Assembly.GetTypes().Where(t => t.IsValueType && t.IsAssignableTo(typeof(IBinaryLayout)))];

    public static TheoryData<Type> Layouts() => [.. All];

    [Fact]
    public void Layouts_AreFound() => All.Should().HaveCountGreaterThanOrEqualTo(24);

    [Theory]
    [MemberData(nameof(Layouts))]
    public void RealSize_IsTheSpecificationsSize(Type layout)
    {
        (int real, int spec) = ((int, int))SizesOfMethod.MakeGenericMethod(layout).Invoke(null, null)!;

        real.Should().Be(spec);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Bytes_SurviveReadingAndWriting_AndOneByteLessIsRefused(Type layout) => RoundTripMethod.MakeGenericMethod(layout).Invoke(null, null);

    private static (int Real, int Spec) SizesOf<T>()
        where T : unmanaged, IBinaryLayout => (Unsafe.SizeOf<T>(), T.SpecSize);

    private static void RoundTrip<T>()
        where T : unmanaged, IBinaryLayout
    {
        byte[] bytes = [.. Enumerable.Range(1, T.SpecSize).Select(i => (byte)i)];

        BinaryLayout.TryRead(bytes, out T record).Should().BeTrue();
        BinaryLayout.ToBytes(record).Should().Equal(bytes);
        BinaryLayout.TryRead(bytes.AsSpan(1), out T truncated).Should().BeFalse();
        BinaryLayout.ToBytes(truncated).Should().OnlyContain(b => b == 0);
    }
}
