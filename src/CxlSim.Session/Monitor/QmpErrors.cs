using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Errors of a device among the arguments of QEMU's commands.</summary>
internal static class QmpErrors
{
    /// <summary>The bit of an argument's word; 0, and the argument refused, where there is no such word.</summary>
    public static int Bit(QmpArguments arguments, bool isCorrectable)
    {
        if (RasErrorWords.Bit(arguments.Text("type"), isCorrectable) is { } bit)
        {
            return bit;
        }

        arguments.Refuse("type");
        return 0;
    }
}
