namespace CxlSim.Views;

/// <summary>What serves a position of a region.</summary>
/// <param name="Position">From 0.</param>
/// <param name="Endpoint">Whose decoder it is.</param>
/// <param name="Decoder">An endpoint decoder.</param>
internal sealed record ListedMember(int Position, ListedPort Endpoint, ListedDecoder Decoder);
