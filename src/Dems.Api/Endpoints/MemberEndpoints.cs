using Dems.Contracts.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dems.Api.Endpoints;

/// <summary>Who is in the network.</summary>
internal static class MemberEndpoints
{
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/members", Members).WithTags("members").WithSummary("Members of the network, in the order of their validator indices.");

    private static Ok<IReadOnlyList<MemberView>> Members(ILedgerQueries queries) => TypedResults.Ok(queries.Members);
}
