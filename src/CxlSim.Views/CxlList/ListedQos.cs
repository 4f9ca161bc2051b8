namespace CxlSim.Views;

/// <summary>Classes of service as <c>cxl list</c> shows them.</summary>
internal static class ListedQos
{
    private const int None = -1;

    /// <summary>Null for none, whether it is missing or says so.</summary>
    public static int? Of(int? qosClass) => qosClass == None ? null : qosClass;
}
