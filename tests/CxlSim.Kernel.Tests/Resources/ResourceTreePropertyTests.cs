using CxlSim.Core;
using FsCheck;
using FsCheck.Fluent;

namespace CxlSim.Kernel.Tests;

/// <summary>Whatever is done to the tree, siblings are sorted and apart, and children lie inside their parents.</summary>
public sealed class ResourceTreePropertyTests
{
    [Fact]
    public void AnyOperations_LeaveATree() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), KeepsItsShape).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    private static bool KeepsItsShape(int[] numbers)
    {
        ResourceTree tree = new(ResourceTree.End);
        List<Resource> known = [];
        foreach (int number in numbers)
        {
            Random random = new(number);
            for (int i = 0; i < 4; i++)
            {
                Operate(tree, known, random);
            }
        }

        return IsSound(tree.Root);
    }

    private static void Operate(ResourceTree tree, List<Resource> known, Random random)
    {
        ulong start = (ulong)random.Next(64);
        AddressRange range = AddressRange.Of(new Hpa(start), new ByteSize((ulong)random.Next(1, 24)));
        Resource resource = new("r", range, random.Next(3) == 0 ? ResourceFlags.Busy : ResourceFlags.None);
        switch (random.Next(6))
        {
            case 0:
                tree.RequestRegion(range, "r", resource.Flags);
                break;
            case 1:
                tree.InsertExpandToFit(resource);
                break;
            case 2 when known.Count > 0:
                ResourceTree.Remove(known[random.Next(known.Count)]);
                break;
            case 3 when known.Count > 0:
                ResourceTree.Release(known[random.Next(known.Count)]);
                break;
            case 4:
                tree.ReserveWithSplit(range, "r");
                break;
            default:
                tree.Insert(resource);
                break;
        }

        known.Add(resource);
    }

    private static bool IsSound(Resource parent)
    {
        for (int i = 0; i < parent.Children.Count; i++)
        {
            Resource child = parent.Children[i];
            bool apart = i == 0 || parent.Children[i - 1].Range.Last < child.Range.Start;
            if (!apart || child.Parent != parent || !parent.Range.Contains(child.Range) || !IsSound(child))
            {
                return false;
            }
        }

        return true;
    }
}
