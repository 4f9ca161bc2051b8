using System.Reflection;
using System.Runtime.CompilerServices;

namespace CxlSim.Engine.Tests.Tasks;

public class SimTaskMethodBuilderTests
{
    public static TheoryData<Type, string> AwaitMethods()
    {
        TheoryData<Type, string> data = [];
        foreach (Type builder in (Type[])[typeof(SimTaskMethodBuilder), typeof(SimTaskMethodBuilder<>)])
        {
            data.Add(builder, nameof(SimTaskMethodBuilder.AwaitOnCompleted));
            data.Add(builder, nameof(SimTaskMethodBuilder.AwaitUnsafeOnCompleted));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(AwaitMethods))]
    public void Builder_AcceptsOnlyAwaitersOfTheEngine(Type builder, string method)
    {
        MethodInfo definition = builder.GetMethod(method)!;

        definition.GetGenericArguments()[0].GetGenericParameterConstraints().Should().Contain(typeof(ISimAwaiter));
    }

    [Theory]
    [InlineData(typeof(TaskAwaiter))]
    [InlineData(typeof(TaskAwaiter<int>))]
    [InlineData(typeof(ValueTaskAwaiter))]
    [InlineData(typeof(ConfiguredTaskAwaitable.ConfiguredTaskAwaiter))]
    [InlineData(typeof(YieldAwaitable.YieldAwaiter))]
    public void AwaitersOfTheThreadPool_BreakThatConstraint(Type awaiter)
    {
        MethodInfo definition = typeof(SimTaskMethodBuilder).GetMethod(nameof(SimTaskMethodBuilder.AwaitUnsafeOnCompleted))!;

        definition.Invoking(d => d.MakeGenericMethod(awaiter, typeof(IAsyncStateMachine))).Should().Throw<ArgumentException>();
    }
}
