using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Each refused write leaves the reason that explains it, and what is proposed instead passes.</summary>
public sealed class RefusalTests
{
    /// <summary>The rule stands beside each attempt in the list.</summary>
    [Fact]
    public void EveryRefusedAttempt_HasItsReason()
    {
        UserErrors machine = new();
        List<string> found = [];
        foreach (string[] row in UserErrors.Rows)
        {
            long mark = machine.Session.Kernel.Refusals.Count;
            machine.Try(row);
            Refusal[] answers = [.. machine.Session.Kernel.Refusals.Since(mark).Where(refusal => refusal.Write is not null)];
            found.Add($"{row[0]}|{row[1]}|{row[2]}|{(answers.Length == 0 ? row[3] : string.Join(',', answers.Select(answer => $"{answer.Error}|{answer.Rule.Number}")))}");
        }

        found.Should().Equal(UserErrors.Rows.Select(row => string.Join('|', row)));
    }

    /// <summary>On a machine that has come to just before the attempt.</summary>
    [Fact]
    public void EveryProposal_Passes()
    {
        List<string> refused = [];
        int proposals = 0;
        for (int index = 0; index < UserErrors.Rows.Count; index++)
        {
            if (UserErrors.Rows[index] is not { Length: 5 } row || Proposal(index) is not { Writes.Count: > 0, IsForNewRegion: false } proposal)
            {
                continue;
            }

            MachineSession session = Before(index).Session;
            proposals++;
            foreach (AttributeWrite write in proposal.Writes)
            {
                Errno error = session.Write(write.Path, write.Value);
                if (error != Errno.Ok)
                {
                    refused.Add($"{row[0]} {row[1]} {row[2]}: {proposal.Text}: {write.Path} {write.Value} answers {error}");
                }
            }
        }

        refused.Should().BeEmpty();
        proposals.Should().BeGreaterThan(60);
    }

    private static NearestChange? Proposal(int index)
    {
        UserErrors machine = Before(index);
        machine.Try(UserErrors.Rows[index]);
        return machine.Session.Kernel.Refusals.All.Last(refusal => refusal.Write is not null).Nearest;
    }

    private static UserErrors Before(int index)
    {
        UserErrors machine = new();
        foreach (string[] row in UserErrors.Rows.Take(index))
        {
            machine.Try(row);
        }

        return machine;
    }
}
