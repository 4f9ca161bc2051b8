namespace CxlSim.Session;

/// <summary>Something that did not hold.</summary>
/// <param name="Invariant">Its name in <see cref="FuzzInvariants"/>.</param>
/// <param name="Message">What was found, in a line or more.</param>
/// <param name="Step">The step after which it was found, from 1; 0 after the boot.</param>
public sealed record FuzzFailure(string Invariant, string Message, int Step)
{
    public override string ToString() => $"{Invariant}: {(Step == 0 ? "after the boot" : $"after step {Step}")}, {Message}";
}
