using Dems.Api.Answers;
using Dems.Contracts.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dems.Api.Endpoints;

/// <summary>Who is in the network.</summary>
internal static class MemberEndpoints
{
    public static void Map(RouteGroupBuilder v1) => v1.MapGet("/members", Members)
        .WithName("listMembers")
        .WithTags("network")
        .WithSummary("The members of the network.")
        .WithDescription("Members in the order of genesis, with the keys that check their votes and promises.")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static Cacheable<MemberList> Members(ILedgerQueries queries) => Cached.Never(new MemberList(queries.Members));
}
