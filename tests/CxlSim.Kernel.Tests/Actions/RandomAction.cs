namespace CxlSim.Kernel.Tests;

/// <summary>Something that a user does. Its numbers choose among what is there when it runs, so that it means something whatever was done before.</summary>
internal readonly record struct RandomAction(RandomVerb Verb, ulong First, ulong Second, ulong Third);
